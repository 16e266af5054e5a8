"""Which right opens the comments on a thing, and which settles them."""

COMMENT = {
    "workinggroups.document": "workinggroups.comment_document",
    "workinggroups.wikipage": "workinggroups.comment_wiki_page",
}
SETTLE = {
    "workinggroups.document": "workinggroups.settle_comment",
    "workinggroups.wikipage": "workinggroups.settle_wiki_comment",
}
