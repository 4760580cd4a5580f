"""A few documents to try the site with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.errors import OcrsiteError
from documents.services.samples import add_samples
from documents.views.access import SignedInRequest
from documents.words import explain_error


@require_POST
def samples(request: SignedInRequest) -> HttpResponse:
    try:
        add_samples(user=request.user)
    except OcrsiteError as error:
        messages.error(request, explain_error(error))
    else:
        messages.success(request, _("The samples are here. Open one while it is being read."))
    return redirect("archive")
