from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("network", "0003_register_and_inquiries")]

    operations = [migrations.RemoveField(model_name="clusterprofile", name="asked")]
