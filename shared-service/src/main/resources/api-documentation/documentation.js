SwaggerUIBundle({
  url: '/v3/api-docs',
  dom_id: '#description',
  deepLinking: true,
  docExpansion: 'list',
  filter: true,
  // The validator is somebody else's server.
  validatorUrl: null,
});
