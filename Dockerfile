# Limber as an image; docs/hosting.md, "Docker", says how it is run.

FROM python:3.13.9-slim-bookworm AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1

# What is installed, pinned with hashes; compilers, pip's cache and the sources stay behind here.
FROM base AS build
WORKDIR /build
RUN python -m venv --without-pip /opt/limber
COPY requirements.lock ./
RUN python -m pip --python /opt/limber/bin/python install --no-cache-dir --disable-pip-version-check \
      --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bot ./bot
COPY content ./content
COPY db ./db
COPY sandbox ./sandbox
RUN python -m pip --python /opt/limber/bin/python install --no-cache-dir --disable-pip-version-check \
      --no-deps --no-build-isolation . \
 && find /opt/limber/lib -type d -name tests -prune -exec rm -rf {} + \
 && /opt/limber/bin/python -m compileall -q /opt/limber/lib

# Skia is linked against OpenGL, which nothing here calls: the front ends do, without their drivers.
FROM base AS gl
WORKDIR /gl
RUN apt-get update \
 && apt-get download libegl1 libgl1 libglvnd0 libglx0 \
 && for package in *.deb; do dpkg -x "$package" unpacked; done \
 && mkdir lib && cp -P unpacked/usr/lib/*/lib*.so.* lib/

FROM base
# espeak-ng speaks the names in audio sessions; the others are what Skia and PyAV are linked against.
RUN apt-get update \
 && apt-get install -y --no-install-recommends espeak-ng libexpat1 libx11-6 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin limber \
 && install -d -o limber -g limber -m 0700 /data
COPY --from=gl /gl/lib /usr/local/lib
COPY --from=build /opt/limber /opt/limber
RUN ldconfig
ENV PATH=/opt/limber/bin:$PATH \
    DATABASE_URL=/data/limber.db \
    XDG_CACHE_HOME=/data/cache \
    LISTEN=127.0.0.1:8443
USER limber
WORKDIR /data
# Learns from the questions now, not at the first start; a new volume begins with it.
RUN umask 0077 && limber ask "bird dog" >/dev/null
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8443/healthz', timeout=4)"]
CMD ["limber", "run"]
