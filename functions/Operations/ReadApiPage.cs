using System.IO.Compression;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Operations;

/// <summary>
/// <c>GET /api/docs</c>: what this API takes and answers, as a page to read and to try (Scalar's, out of its package; nothing comes from
/// elsewhere, and nothing goes anywhere but to this API). Anyone may ask. The package is loaded when its script is asked for first.
/// </summary>
public sealed class ReadApiPage
{
    [Function(nameof(ReadApiPage))]
    [Anonymous]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs")] HttpRequest request) => new ApiPage();

    /// <summary><c>GET /api/docs/scalar.js</c>: the script of the page.</summary>
    [Function("ReadApiPageScript")]
    [Anonymous]
    public IResult Script([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs/scalar.js")] HttpRequest request) => new ApiScript();

    private sealed class ApiPage : IResult
    {
        /// <summary>The script writes its own styles into the page, and shows pictures that are in it.</summary>
        private const string Policy =
            "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

        private const string Page = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>API of the shop</title></head>
            <body><noscript>This page needs its script. The same stands in <a href="openapi.json">openapi.json</a>.</noscript>
            <script id="api-reference" type="application/json" data-url="openapi.json" data-configuration='{"telemetry":false,"withDefaultFonts":false,"hideClientButton":true,"showDeveloperTools":"never","agent":{"disabled":true},"mcp":{"disabled":true},"persistAuth":false}'></script>
            <script src="docs/scalar.js"></script></body></html>

            """;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.CacheControl = "public, max-age=300";
            response.ContentType = "text/html; charset=utf-8";
            return response.WriteAsync(Page, httpContext.RequestAborted);
        }
    }

    private sealed class ApiScript : IResult
    {
        /// <summary>As it lies in the package, compressed.</summary>
        private const string Resource = "ScalarStaticAssets.scalar.js";

        private static readonly Lazy<string> PlainTag = new(() => ETags.OfText(Package.GetName().FullName));

        private static readonly Lazy<string> PackedTag = new(() => ETags.OfText($"{Package.GetName().FullName} gzip"));

        private static Assembly Package => typeof(ScalarOptions).Assembly;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (request, response) = (httpContext.Request, httpContext.Response);
            response.Headers.CacheControl = "public, max-age=86400";
            response.Headers.AppendCommaSeparatedValues("Vary", "Accept-Encoding");
            var isPacked = TakesGzip(request.Headers.AcceptEncoding);
            var tag = (isPacked ? PackedTag : PlainTag).Value;
            response.Headers.ETag = tag;
            if (ETags.IsKnown(tag, request.Headers.IfNoneMatch))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = "text/javascript; charset=utf-8";
            await using var packed = Package.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("Scalar's package has no script under the name that this page knows.");
            if (isPacked)
            {
                response.Headers.ContentEncoding = "gzip";
                response.ContentLength = packed.Length;
                await packed.CopyToAsync(response.Body, httpContext.RequestAborted);
                return;
            }

            await using var plain = new GZipStream(packed, CompressionMode.Decompress);
            await plain.CopyToAsync(response.Body, httpContext.RequestAborted);
        }

        /// <summary>By RFC 9110 (12.5.3): what is named counts before <c>*</c>, and a quality of nothing means not at all.</summary>
        private static bool TakesGzip(StringValues accepted)
        {
            if (!StringWithQualityHeaderValue.TryParseList(accepted, out var codings)) return false;
            var coding = codings.FirstOrDefault(one => one.Value.Value?.ToUpperInvariant() is "GZIP" or "X-GZIP") ?? codings.FirstOrDefault(one => one.Value == "*");
            return coding is not null && coding.Quality is not 0;
        }
    }
}
