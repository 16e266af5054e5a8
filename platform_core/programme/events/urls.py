from django.urls import path

from .views import editing, feeds, importing, reading

app_name = "events"
urlpatterns = [
    path("", reading.calendar, name="calendar"),
    path("new/", editing.new, name="new"),
    path("mine/", feeds.mine, name="mine"),
    path("feeds/make/", feeds.make, name="make_feed"),
    path("feeds/<int:pk>/close/", feeds.close, name="close_feed"),
    path("sources/", importing.sources, name="sources"),
    path("sources/new/", importing.new, name="new_source"),
    path("sources/<int:pk>/", importing.source, name="source"),
    path("sources/<int:pk>/change/", importing.change, name="change_source"),
    path("sources/<int:pk>/read/", importing.read, name="read_source"),
    path("sources/<int:pk>/decide/", importing.decide, name="decide_entries"),
    path("sources/<int:pk>/entries/<int:entry>/", importing.complete, name="complete_entry"),
    path("<slug:code>/", reading.event, name="event"),
    path("<slug:code>/event.ics", reading.file, name="file"),
    path("<slug:code>/change/", editing.change, name="change"),
    path("<slug:code>/cancel/", editing.cancel, name="cancel"),
    path("<slug:code>/keep/", editing.follow, name="follow"),
    path("<slug:code>/take-back/", editing.take_back, name="take_back"),
]
