using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Shop.Functions.Privacy.Breaches;

/// <summary>Accounts as comma-separated values (RFC 4180), sent while they are read.</summary>
internal sealed record AccountsCsv(IAsyncEnumerator<AffectedAccount> Rows, bool HasFirst, string FileName) : IResult
{
    /// <summary>In bytes: what is gathered before it is sent off.</summary>
    private const int Gathered = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        await using var rows = Rows;
        // Spreadsheets take a file without this mark for one of their own region's.
        response.BodyWriter.Write(Encoding.UTF8.Preamble);
        response.BodyWriter.Write("account id,e-mail,name\r\n"u8);
        for (var more = HasFirst; more; more = await rows.MoveNextAsync())
        {
            var account = rows.Current;
            Encoding.UTF8.GetBytes($"{Csv.Field(account.Id)},{Csv.Field(account.Email)},{Csv.Field(account.Name)}\r\n", response.BodyWriter);
            if (response.BodyWriter.UnflushedBytes > Gathered) await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
