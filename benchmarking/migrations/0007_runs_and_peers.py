import django.db.models.deletion
from django.db import migrations, models


def study(**more):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="benchmarking.peerstudy",
        **more,
    )


class Migration(migrations.Migration):
    """A benchmark names the study its peers come from."""

    dependencies = [("benchmarking", "0006_run_sources")]
    operations = [
        migrations.AddField("benchmark", "peer_study", study(verbose_name="structural peers")),
        migrations.AddField("run", "peer_study", study()),
        migrations.AddField("run", "peers_digest", models.CharField(blank=True, max_length=64)),
    ]
