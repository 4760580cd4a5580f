"""The part of allauth that a site without outgoing mail can offer, and the tokens of programs."""

from allauth.account import views as allauth
from django.urls import path

from accounts.views import tokens

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("signup/", allauth.signup, name="account_signup"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("tokens/", tokens.tokens, name="api_tokens"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke, name="api_token_revoke"),
]
