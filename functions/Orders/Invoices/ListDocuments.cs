using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Shop.Functions.Accounts.StaffActions;
using Shop.Functions.Platform;
using Shop.Functions.Platform.Access;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Orders.Invoices;

/// <summary>
/// <c>GET /api/orders/{id}/documents</c>: the invoice and the credit notes of one's own order, in the order in which they were
/// issued; for <c>Shop.Finance</c> of any, on record. One storage call, and two more for staff.
/// </summary>
public sealed class ListDocuments(OrderStore orders, StaffRegister register)
{
    [Function(nameof(ListDocuments))]
    [SignedIn]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "orders/{id}/documents")] HttpRequest request, string id, CancellationToken cancellation) =>
        await OrderAccess.ReadAsync(orders, register, request, id, "read_documents", cancellation, StaffRoles.Finance) is { } order
            ? new JsonResult<Response>(
                new([.. order.Documents.Where(document => document.Number is not null).Select(document => Of(order, document))]), DocumentWeb.Json.Type<Response>())
            { ETag = ETags.OfText($"documents {string.Join(' ', order.Documents.Select(document => document.Number))}") }
            : Problem.NotFound;

    private static Item Of(Order order, SalesDocument document) => new(
        document.Kind, document.Number!, document.IssuedAt!.Value, document.TaxPoint,
        new(document.Net, order.Currency), new(document.Vat, order.Currency), new(document.Gross, order.Currency));

    public sealed record Response(ImmutableArray<Item> Items);

    public sealed record Item(DocumentKind Kind, string Number, DateTimeOffset IssuedAt, DateTimeOffset TaxPoint, Money Net, Money Vat, Money Gross);
}
