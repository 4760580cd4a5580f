"""A few documents to try the site with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.services.samples import add_samples
from documents.views.access import SignedInRequest
from documents.views.answers import refusals_to_messages


@require_POST
def samples(request: SignedInRequest) -> HttpResponse:
    with refusals_to_messages(request):
        add_samples(user=request.user)
        messages.success(request, _("The samples are here. Open one while it is being read."))
    return redirect("archive")
