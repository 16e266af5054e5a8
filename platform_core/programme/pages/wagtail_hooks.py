from wagtail import hooks


@hooks.register("construct_main_menu")
def hide_documents(request, menu_items):
    """Files belong to the repository and the groups; the page editor keeps pages and images."""
    menu_items[:] = [item for item in menu_items if item.name != "documents"]
