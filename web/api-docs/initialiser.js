async function show() {
  const response = await fetch('../openapi.json');
  /** @type {unknown} */
  const openApiDocument = await response.json();
  const { SwaggerUIBundle } = /** @type {{ SwaggerUIBundle: (options: object) => void }} */ (
    /** @type {unknown} */ (globalThis)
  );
  SwaggerUIBundle({
    // The API is mounted two path segments above this page.
    spec: Object.assign(/** @type {object} */ (openApiDocument), {
      servers: [{ url: new URL('../..', location.href).href.replace(/\/$/, '') }],
    }),
    dom_id: '#swagger-ui',
    deepLinking: true,
    // Swagger UI would otherwise send the document to a validator on the Internet.
    validatorUrl: null,
    tryItOutEnabled: true,
  });
}

void show();
