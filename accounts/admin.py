"""The administrator's view of people: where accounts are added while sign-up is closed."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import User

admin.site.register(User, UserAdmin)
