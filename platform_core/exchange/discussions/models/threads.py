from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A part of a forum. `forum` is the audience key of those it belongs to, such as `group:4`."""

    forum = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("what belongs here"), max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    archived_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("category of a forum")
        ordering = ["place", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["forum", "name"], name="one_category_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Thread(models.Model):
    """A conversation in a forum. `last_post` is the key of its newest post, `posts_count` how many there are.

    What was split off names the thread it came from.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        LOCKED = "locked", _("Locked: moderators alone write")
        CLOSED = "closed", _("Closed: nobody writes")

    class Openness(models.TextChoices):
        GROUP = "group", _("Those the forum belongs to")
        MEMBERS = "members", _("Members")
        PUBLIC = "public", _("Everyone")

    forum = models.CharField(max_length=40)
    category = models.ForeignKey(
        Category, verbose_name=_("category"), null=True, blank=True, on_delete=models.SET_NULL, related_name="threads"
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5)
    openness = models.CharField(_("who sees it"), max_length=10, choices=Openness, default=Openness.GROUP)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    is_pinned = models.BooleanField(default=False)
    answer = models.ForeignKey("Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="split_off")
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_post = models.BigIntegerField(default=0)
    posts_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("thread")
        ordering = ["-is_pinned", "-last_at", "-pk"]
        indexes = [
            models.Index(fields=["forum", "-is_pinned", "-last_at"], name="threads_of_a_forum"),
            models.Index(fields=["forum", "category", "-last_at"], name="threads_of_a_category"),
        ]

    def __str__(self) -> str:
        return self.title


class Reading(models.Model):
    """How far a person has read a thread: the key of the last post she was shown."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    post = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("how far a thread is read")
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="one_reading_of_a_thread")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.person_id} {self.post}"
