using System.IO.Compression;
using System.Net;

namespace Shop.Functions.Tests.Privacy.Exports;

/// <summary>The files of an export, by name.</summary>
internal sealed record ExportFiles(IReadOnlyDictionary<string, string> Texts)
{
    public string AllJson => string.Join('\n', Texts.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)).Select(file => file.Value));

    public string AllHtml => string.Join('\n', Texts.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)).Select(file => file.Value));

    public static async Task<ExportFiles> FetchAsync(HttpClient client, string path = "api/account/export")
    {
        var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var texts = new Dictionary<string, string>();
        await using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            texts.Add(entry.FullName, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return new(texts);
    }
}
