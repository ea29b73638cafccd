using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Local.Storefront;

/// <summary>
/// A small web shop at <c>/</c> for people who want to click through the API: one static page that calls it as a
/// storefront of one's own would. It is no part of the app, and knows nothing that the API does not tell everyone.
/// </summary>
internal static class StorefrontPages
{
    private static readonly (string Path, string File, string Type)[] Files =
    [
        ("/", "storefront.html", "text/html; charset=utf-8"),
        ("/storefront/storefront.css", "storefront.css", "text/css; charset=utf-8"),
        ("/storefront/storefront.js", "storefront.js", "text/javascript; charset=utf-8"),
        ("/storefront/order.js", "order.js", "text/javascript; charset=utf-8"),
        ("/storefront/basket.js", "basket.js", "text/javascript; charset=utf-8"),
        ("/storefront/checkout.js", "checkout.js", "text/javascript; charset=utf-8"),
        ("/storefront/api.js", "api.js", "text/javascript; charset=utf-8"),
        ("/storefront/sign-in.js", "sign-in.js", "text/javascript; charset=utf-8"),
        ("/storefront/page.js", "page.js", "text/javascript; charset=utf-8"),
        ("/storefront/icon.svg", "icon.svg", "image/svg+xml"),
    ];

    public static void Map(IEndpointRouteBuilder endpoints, StorefrontSettings settings)
    {
        // Scripts may talk to the API and to the sign-in authority, and the page may not be built from strings of HTML.
        var policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + $"connect-src 'self' {settings.Authority.GetLeftPart(UriPartial.Authority)}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        foreach (var (path, file, type) in Files)
        {
            var bytes = Read(file);
            Get(endpoints, path, policy, http => Send(http, type, bytes));
        }

        Get(endpoints, "/storefront/settings.json", policy, http => http.Response.WriteAsJsonAsync(settings.ForThePage, http.RequestAborted));
        Get(endpoints, "/storefront/README.md", policy, SendReadme);
    }

    private static void Get(IEndpointRouteBuilder endpoints, string path, string policy, RequestDelegate answer) =>
        endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(http =>
        {
            http.Response.Headers.ContentSecurityPolicy = policy;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            // The next build of this shop listens on the same port.
            http.Response.Headers.CacheControl = "no-cache";
            return answer(http);
        }));

    private static Task Send(HttpContext http, string type, byte[] bytes)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    private static Task SendReadme(HttpContext http)
    {
        var path = Path.Combine(LocalSettings.RepositoryRoot, "README.md");
        if (File.Exists(path))
        {
            http.Response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
            return http.Response.SendFileAsync(path, http.RequestAborted);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static byte[] Read(string file)
    {
        using var resource = typeof(StorefrontPages).Assembly.GetManifestResourceStream($"Storefront/{file}")
            ?? throw new InvalidOperationException($"Storefront/{file} is not embedded.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
