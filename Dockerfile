# The assistant in a container; docs/operations.md says how it is run.
FROM python:3.12-slim
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /opt/nhacviec
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes -r requirements/run.txt
COPY . .
RUN for language in vi en; do \
        pybabel --quiet compile -i locales/$language/LC_MESSAGES/messages.po -o locales/$language/LC_MESSAGES/messages.mo \
        || exit 1; \
    done \
    && useradd --system --home-dir /var/lib/nhacviec --create-home nhacviec
USER nhacviec
ENV NHACVIEC_DATA_DIR=/var/lib/nhacviec NHACVIEC_WEB_HOST=0.0.0.0 NHACVIEC_WEB_PORT=8080
VOLUME /var/lib/nhacviec
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "main.py"]
CMD ["run"]
