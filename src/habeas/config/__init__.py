"""Settings, urls and wsgi: the only room that knows every other one."""
