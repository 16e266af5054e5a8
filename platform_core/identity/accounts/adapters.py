from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.utils.translation import get_language

from . import services


class AccountAdapter(DefaultAccountAdapter):
    """Accounts take the name from the sign-up form and the language of the page; their mails go through the outbox."""

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"]
        user.language = get_language() or user.language
        if commit:
            services.open_account(user, consented=True)
        return user


class InstitutionAdapter(DefaultSocialAccountAdapter):
    """Sign-in through an institution. A new account is opened by its person, who reads the privacy notice first."""

    def is_auto_signup_allowed(self, request, sociallogin):
        return False

    def get_signup_form_initial_data(self, sociallogin):
        told = sociallogin.account.extra_data
        name = (told.get("userinfo") or told.get("id_token") or told).get("name", "")
        return {**super().get_signup_form_initial_data(sociallogin), "name": name}
