"""A personal collection for everybody, as who stays signed in across the update would have none at first."""

from django.db import migrations


def make(apps, _schema_editor):
    """As ``services.organise.personal_collection`` does when somebody signs in."""
    users = apps.get_model("accounts", "User").objects.filter(personal_collection=None)
    collections = apps.get_model("documents", "Collection").objects
    memberships = apps.get_model("documents", "Membership").objects
    for user in users.order_by("pk"):
        place = collections.create(name=user.username, personal_of=user)
        memberships.create(collection=place, user=user, role="owner")


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_events_of_many"), ("accounts", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
