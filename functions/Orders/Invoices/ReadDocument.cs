using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Storage;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// <c>GET /api/orders/{id}/documents/{number}</c>: an invoice or a credit note of one's own order, for <c>Shop.Finance</c> of any, on
/// record: as a page for print, as PDF, or as JSON for whoever asks for neither. Two storage calls, and two more for staff.
/// </summary>
public sealed class ReadDocument(
    OrderStore orders, InvoiceSeries series, StaffRegister register, IOptions<InvoiceOptions> seller, IOptions<RetentionPeriods> periods)
{
    [Function(nameof(ReadDocument))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/{id}/documents/{number}")] HttpRequest request,
        string id,
        string number,
        CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers.AppendCommaSeparatedValues("Vary", "Accept");
        if (await OrderAccess.ReadAsync(orders, register, request, id, "read_document", cancellation, StaffRoles.Finance) is not { } order) return Problem.NotFound;
        if (order.Documents.FirstOrDefault(document => document.Number == number) is not { } found) return Problem.NotFound;
        var document = DocumentView.Of(order, found, await series.FindAsync(found, cancellation), seller.Value, periods.Value);
        return DocumentFormats.AskedFor(request) switch
        {
            DocumentFormat.Page => new HtmlPage(DocumentWords.Title(document), DocumentPage.Body(document)),
            DocumentFormat.Pdf => new PdfResult(DocumentPdf.Of(document), document.Number),
            _ => new JsonResult<DocumentView>(document, DocumentWeb.Json.Type<DocumentView>()),
        };
    }

    private sealed record PdfResult(byte[] Content, string Name) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = DocumentFormats.Pdf;
            response.ContentLength = Content.Length;
            response.Headers.ContentDisposition = $"inline; filename=\"{Name}.pdf\"";
            await response.Body.WriteAsync(Content, httpContext.RequestAborted);
        }
    }
}
