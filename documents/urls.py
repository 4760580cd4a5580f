"""Addresses of the archive and its documents."""

from django.urls import include, path

from documents.views import archive, document, download, languages, pages, runs, samples, upload

_of_a_document = [
    path("", document.document, name="document"),
    path("unlock/", document.unlock, name="document_unlock"),
    path("progress/", document.progress, name="document_progress"),
    path("strip/", pages.strip, name="document_strip"),
    path("pages/<int:number>/", pages.row, name="page"),
    path("pages/<int:number>/image", pages.image, name="page_image"),
    path("pages/<int:number>/thumbnail", pages.thumbnail, name="page_thumbnail"),
    path("pages/<int:number>/text", pages.text, name="page_text"),
    path("runs/", runs.runs, name="runs"),
    path("runs/new/", runs.read_again, name="read_again"),
    path("runs/cancel/", runs.cancel, name="run_cancel"),
    path("runs/retry/", runs.retry, name="run_retry"),
    path("runs/<int:run_id>/show/", runs.show, name="run_show"),
    path("download/<str:format_name>", download.download, name="download"),
]

urlpatterns = [
    path("", archive.archive, name="archive"),
    path("cards/", archive.cards, name="archive_cards"),
    path("upload/", upload.upload, name="upload"),
    path("samples/", samples.samples, name="samples"),
    path("languages/", languages.languages, name="languages"),
    path("documents/<uuid:document_id>/", include(_of_a_document)),
]
