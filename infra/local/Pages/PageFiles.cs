using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Local.Pages;

/// <summary>
/// The web shop at <c>/</c>, for people who want to click through the API: static pages that call it as a storefront of
/// one's own would. They are no part of the app, and know nothing that the API does not tell.
/// </summary>
internal static class PageFiles
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static string Folder { get; } = LocalSettings.FolderOf("PagesFolder");

    /// <summary>Has npm install what the pages call the API with.</summary>
    /// <exception cref="LocalSetupException">Node or npm is missing, or npm fails.</exception>
    public static Task PrepareAsync(LocalShopOptions options, CancellationToken cancellationToken) =>
        new NodePackages(Folder, "the pages' API client (openapi-fetch)", "a moment", options.Progress, TimeProvider.System).EnsureAsync(cancellationToken);

    /// <summary>
    /// Every file under <c>Pages</c> at its own path, but a page at its folder's: <c>Pages/desks/index.html</c> is <c>/desks</c>.
    /// The storefront's is <c>/</c>.
    /// </summary>
    public static void Map(IEndpointRouteBuilder endpoints, PageSettings settings)
    {
        // Scripts may talk to the API and to the sign-in authority, and no page may be built from strings of HTML. Pictures are
        // wherever whoever wrote the product says.
        var policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; "
            + $"connect-src 'self' {settings.Authority.GetLeftPart(UriPartial.Authority)}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
        foreach (var file in Directory.EnumerateDirectories(Folder).Where(folder => Path.GetFileName(folder) != "node_modules")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        {
            if (Types.TryGetValue(Path.GetExtension(file), out var type))
                Get(endpoints, PathOf(Path.GetRelativePath(Folder, file).Replace('\\', '/')), policy, http => SendFile(http, type, file));
        }

        Get(endpoints, "/shared/openapi-fetch.js", policy, http => SendFile(http, Types[".js"], Path.Combine(Folder, "node_modules/openapi-fetch/dist/index.mjs")));
        Get(endpoints, "/shared/settings.json", policy, http => http.Response.WriteAsJsonAsync(settings.ForThePages, http.RequestAborted));
        Get(endpoints, "/README.md", policy, http => SendFile(http, $"{MediaTypeNames.Text.Plain}; charset=utf-8", Path.Combine(LocalSettings.RepositoryRoot, "README.md")));
    }

    private static string PathOf(string file) => file switch
    {
        "storefront/index.html" => "/",
        _ when file.EndsWith("/index.html", StringComparison.Ordinal) => $"/{file[..^"/index.html".Length]}",
        _ => $"/{file}",
    };

    private static void Get(IEndpointRouteBuilder endpoints, string path, string policy, RequestDelegate answer) =>
        endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(http =>
        {
            http.Response.Headers.ContentSecurityPolicy = policy;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            // Whoever changes a page reloads it.
            http.Response.Headers.CacheControl = "no-cache";
            return answer(http);
        }));

    private static Task SendFile(HttpContext http, string type, string path)
    {
        if (!File.Exists(path))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        http.Response.ContentType = type;
        return http.Response.SendFileAsync(path, http.RequestAborted);
    }
}
