import consultations.models.keys
import django.db.models.deletion
from django.db import migrations, models


def name_versions(apps, schema_editor):
    """Of answers changed before, only the version of those that replaced them is known."""
    former = apps.get_model("consultations", "FormerAnswers")
    response = apps.get_model("consultations", "Response")
    newest = response.objects.filter(pk=models.OuterRef("response_id")).values("questionnaire_id")[:1]
    former.objects.filter(questionnaire=None).update(questionnaire_id=models.Subquery(newest))


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0011_brought'),
        ('files', '0005_parts'),
    ]

    operations = [
        migrations.AddField(
            model_name='answerdraft',
            name='windows',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='answerexport',
            name='people',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='formeranswers',
            name='questionnaire',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.questionnaire'),
        ),
        migrations.AddField(
            model_name='libraryentry',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile'),
        ),
        migrations.CreateModel(
            name='InvitationLetter',
            fields=[
                ('id', models.BigAutoField(default=consultations.models.keys.random_key, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='consultations.invitation')),
            ],
            options={
                'verbose_name': 'mail of an invitation',
                'constraints': [models.UniqueConstraint(fields=('invitation', 'round'), name='one_letter_per_round')],
            },
        ),
        migrations.RunPython(name_versions, migrations.RunPython.noop, elidable=True),
    ]
