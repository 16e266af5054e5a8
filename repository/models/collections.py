import reversion
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platform_core.ground.texts.fields import TranslatedField
from platform_core.ground.vocabulary.models import Topic


@reversion.register()
class Collection(models.Model):
    """A saved question with an introduction: what answers it today is what the collection holds.

    `query` is what stands in the address of the list, without the page and the order.
    """

    code = models.SlugField(max_length=80, unique=True)
    title = TranslatedField(_("title"), max_length=200)
    intro = TranslatedField(_("introduction"), max_length=3000, blank=True)
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic")
    )
    query = models.CharField(max_length=1500)
    is_public = models.BooleanField(_("everyone can see it"), default=False)
    changed_on = models.DateField(auto_now=True)

    class Meta:
        verbose_name = _("collection")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("repository:collection", args=[self.code])
