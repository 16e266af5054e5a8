from django.db import migrations

PARTS = {"r01": (78, 6), "r02": (52, 4), "r07": (13, 1)}


def owe_parts(apps, schema_editor):
    """Indicators that stand as they were loaded get the part of each partner; what anybody has set stays."""
    indicators = apps.get_model("monitoring", "Indicator").objects.using(schema_editor.connection.alias)
    for code, (target, part) in PARTS.items():
        rows = indicators.filter(code=code, target=target, partner_target=None, partner_targets=None)
        rows.update(partner_target=part)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0006_self_declared")]

    operations = [migrations.RunPython(owe_parts, migrations.RunPython.noop)]
