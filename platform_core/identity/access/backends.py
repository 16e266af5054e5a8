from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied

from . import selectors


class RightsBackend(ModelBackend):
    """Answers `has_perm` from the declared tables of rights; Django's own permissions go on as they were."""

    def authenticate(self, request, **credentials):
        return None

    def has_perm(self, user_obj, perm, obj=None):
        right = selectors.right(perm)
        if right is None:
            return user_obj.is_active and super().has_perm(user_obj, perm, obj)
        if not selectors.allowed(user_obj, right, obj):
            raise PermissionDenied  # so that no later backend answers, as Django's would for every superuser
        return True
