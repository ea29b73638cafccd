using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Shop.Functions.Orders.Invoices;

/// <summary>Which of them a request asks for. Pure.</summary>
public static class DocumentFormats
{
    public const string Pdf = "application/pdf";

    /// <returns>What it names and likes best; JSON for whoever takes anything, or names nothing of it.</returns>
    public static DocumentFormat AskedFor(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return DocumentFormat.Json;
        (string Type, DocumentFormat Format)[] known = [("application/json", DocumentFormat.Json), ("text/html", DocumentFormat.Page), (Pdf, DocumentFormat.Pdf)];
        var best = known.MaxBy(one => accepted.Where(other => other.MediaType == one.Type).Select(other => other.Quality ?? 1).DefaultIfEmpty(0).Max());
        return accepted.Any(other => other.MediaType == best.Type && other.Quality is not 0) ? best.Format : DocumentFormat.Json;
    }
}
