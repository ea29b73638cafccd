using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Privacy.Policy;

namespace Shop.Functions.Privacy.Exports;

/// <summary>
/// A copy of everything held about somebody, as a zip: <c>index.html</c> and a page per order to read, and what is stored as
/// JSON beside them. It is written while it is read: one group of orders is in memory at a time, however many there are.
/// </summary>
public sealed class DataExport(PersonalDataReader personalData, RetentionPolicy policy, IOptions<ControllerOptions> controller, TimeProvider clock)
{
    /// <summary>Orders are read so many at a time: one by one, a long history would take minutes.</summary>
    private const int Together = 8;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The answer that sends it; null when there is no such account.</returns>
    public async Task<IResult?> OfAsync(string accountId, CancellationToken cancellation)
    {
        var account = await personalData.OfAccountAsync(accountId, cancellation);
        return account.IsEmpty ? null : new Download(this, new(accountId, clock.GetUtcNow(), policy, controller.Value, account));
    }

    private async Task WriteAsync(Stream response, ExportContents contents, CancellationToken cancellation)
    {
        await using var stream = new ResponseStream(response);
        await using (var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation))
            await WriteAsync(zip, stream, contents, cancellation);
        await stream.FlushAsync(cancellation);
    }

    private async Task WriteAsync(ZipArchive zip, ResponseStream stream, ExportContents contents, CancellationToken cancellation)
    {
        await AddAsync(zip, contents, "account.json", file => JsonOf(file, contents, contents.Rows), cancellation);
        foreach (var group in contents.Orders.Chunk(Together))
        {
            await stream.FlushAsync(cancellation);
            foreach (var order in await Task.WhenAll(group.Select(listed => personalData.OrderAsync(listed.Id, cancellation))))
            {
                // The list may be ahead of an order that never came to be.
                if (order is null) continue;
                var name = $"orders/{order.Text(nameof(OrderEntity.Number))}";
                await AddAsync(zip, contents, name + ".json", file => JsonOf(file, contents, [order]), cancellation);
                await AddAsync(zip, contents, name + ".html", file => TextOf(file, new ExportOrderPage(order, new(policy.Zone)).Parts()), cancellation);
            }
        }

        await AddAsync(zip, contents, "index.html", file => TextOf(file, new ExportPage(contents).Parts()), cancellation);
    }

    private static async Task AddAsync(ZipArchive zip, ExportContents contents, string name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = contents.At;
        await using var file = await entry.OpenAsync(cancellation);
        await write(file);
    }

    private static async Task JsonOf(Stream file, ExportContents contents, ImmutableArray<PersonalRow> rows)
    {
        await using var json = new Utf8JsonWriter(file, Indented);
        json.WriteStartObject();
        json.WriteString("account", contents.AccountId);
        json.WriteString("at", contents.At);
        json.WriteString("policyVersion", contents.Policy.Version);
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            Write(json, row);
            // What is written waits in memory until then.
            await json.FlushAsync();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PersonalRow row)
    {
        json.WriteStartObject();
        json.WriteString("table", row.Place);
        json.WriteString("key", row.Key);
        json.WriteStartObject("values");
        foreach (var value in row.Values)
        {
            json.WritePropertyName(value.Name);
            if (value.ToJson() is { } node) node.WriteTo(json);
            else json.WriteNullValue();
        }

        json.WriteEndObject();
        json.WriteStartObject("classes");
        foreach (var value in row.Values) json.WriteString(value.Name, ExportText.Words(value.Classes));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static async Task TextOf(Stream file, IEnumerable<string> parts)
    {
        await using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        foreach (var part in parts) await writer.WriteAsync(part);
    }

    private sealed class Download(DataExport export, ExportContents contents) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "application/zip";
            response.Headers.ContentDisposition = $"attachment; filename=\"copy-{contents.At:yyyy-MM-dd}.zip\"";
            return export.WriteAsync(response.Body, contents, httpContext.RequestAborted);
        }
    }
}
