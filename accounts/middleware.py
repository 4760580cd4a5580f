"""What stands between a request and the views."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

_Answer = Callable[[HttpRequest], HttpResponse]


def same_person(get_response: _Answer) -> _Answer:
    """Refuse what comes from a page that was made for another person than the one who is signed in by now.

    Scripts name the one in ``X-Person``: what waited in an open page while somebody else signed in, in the
    same browser, belongs to who typed it. They are answered as if nobody were signed in.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        person = request.headers.get("X-Person")
        if person is None or not request.user.is_authenticated or person == str(request.user.pk):
            return get_response(request)
        return JsonResponse({"code": "signed-out"}, status=403)

    return answer
