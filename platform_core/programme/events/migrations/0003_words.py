from django.db import migrations

from platform_core.ground.texts.analysis import fold


def note_words(apps, schema_editor):
    """What a search by words looks into, for the events there are."""
    for event in apps.get_model('events', 'CalendarEvent').objects.all():
        texts = ' '.join(text for name in ('title', 'summary', 'place') for text in getattr(event, name).values())
        event.words = ' '.join(fold(word) for word in texts.split())
        event.save(update_fields=['words'])


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_calendar'),
    ]

    operations = [
        migrations.RunPython(note_words, migrations.RunPython.noop),
    ]
