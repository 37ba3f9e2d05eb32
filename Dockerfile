# The site, for web, worker, dispatcher and one-shot commands alike. Configuration comes from the environment.
FROM python:3.11-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /build
COPY requirements-uv.txt requirements.txt ./
RUN pip install --require-hashes --only-binary :all: -r requirements-uv.txt \
 && python -m venv /opt/wimmentor \
 && uv pip install --no-deps --python /opt/wimmentor/bin/python --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/opt/wimmentor/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    WIM_MODE=production WIM_STATE_DIR=/data STATIC_ROOT=/site/staticfiles MEDIA_ROOT=/data/media
RUN useradd --system --uid 10001 --home-dir /site --shell /usr/sbin/nologin wimmentor \
 && mkdir -p /site /data/media && chown -R wimmentor /data
COPY --from=packages /opt/wimmentor /opt/wimmentor
WORKDIR /site
COPY . .
# Collecting needs settings, but no service and no secret.
RUN python -m compileall -q . \
 && WIM_MODE=demo WIM_STATE_DIR=/tmp/none DATABASE_URL=sqlite:////tmp/none STATIC_ROOT=/site/staticfiles \
    python manage.py collectstatic --no-input --verbosity 0
USER wimmentor
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "20", "wimmentor.wsgi:application"]
