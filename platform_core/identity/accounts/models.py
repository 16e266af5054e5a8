import secrets
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin, _user_has_perm
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from platform_core.ground.registry.catalogue import declared
from platform_core.ground.registry.kinds import Right


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; the e-mail address is the name to sign in with."""

    email = models.EmailField(_("e-mail address"), unique=True, error_messages={"unique": _("Already in use.")})
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, default=settings.DISPLAY_TIME_ZONE)
    is_staff = models.BooleanField(_("may enter the page editor"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()
    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm, obj=None) -> bool:
        """Declared rights ask the tables of rights alone; only Django's own permissions know superusers."""
        if any(right.code == perm for right in declared(Right)):
            return self.is_active and _user_has_perm(self, perm, obj)
        return super().has_perm(perm, obj)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def pseudonym(self) -> str:
        """The name under which the event log knows this person."""
        return Pseudonym.objects.get_or_create(person=self)[0].token


def new_token() -> str:
    return secrets.token_hex(16)


class Pseudonym(models.Model):
    """Ties a person to the token in the event log; erasing the row leaves the log whole and nameless."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=32, unique=True, default=new_token)

    class Meta:
        verbose_name = _("pseudonym")

    def __str__(self) -> str:
        return self.token
