from allauth.account.adapter import DefaultAccountAdapter
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
