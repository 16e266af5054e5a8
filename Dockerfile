FROM python:3.12-slim AS built
WORKDIR /srv/clusterpolisee
RUN python -m venv /srv/venv
COPY requirements/run.txt requirements/run.txt
RUN /srv/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
# These two only let the settings load; nothing is connected to and nothing of them stays in the image.
RUN export DATABASE_URL=postgresql://build SECRET_KEY=build DATA_DIR=/tmp/build STATIC_ROOT=/srv/static \
    && /srv/venv/bin/python manage.py compile_catalogues \
    && /srv/venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.12-slim
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/srv/data STATIC_ROOT=/srv/static DJANGO_SETTINGS_MODULE=clusterpolisee.settings
RUN useradd --system --uid 10001 --home-dir /srv/data --create-home clusterpolisee
WORKDIR /srv/clusterpolisee
COPY --from=built /srv/venv /srv/venv
COPY --from=built /srv/static /srv/static
COPY --from=built /srv/clusterpolisee /srv/clusterpolisee
USER clusterpolisee
VOLUME /srv/data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "clusterpolisee.wsgi:application"]
