using System.ComponentModel.DataAnnotations;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Shop.Functions.Orders;
using Shop.Functions.Orders.Invoices;
using Shop.Functions.Platform.Storage;
using Shop.Functions.Tests.FrontDoor;
using Shop.Functions.Tests.Reliability;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Invoices;

public sealed class InvoiceSeriesTests(StorageEmulator emulator)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thirty_orders_at_once_on_two_instances_get_thirty_numbers_in_a_row_and_each_its_own_again()
    {
        await using var shop = await RunningShop.StartAsync(emulator);
        using var one = SeriesOn(shop);
        using var two = SeriesOn(shop);
        var orders = Enumerable.Range(0, 30).Select(Sale).ToList();

        // Of each order both instances number the same invoice.
        var numbers = await Task.WhenAll(orders.SelectMany(order => new[] { one, two }, (order, series) => series.TakeAsync(order, 0, Stop)));
        numbers.Chunk(2).ShouldAllBe(pair => pair[0].Equals(pair[1]));
        numbers.Select(taken => taken.Number).Distinct().Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1, 30).Select(number => $"2026-{number:D6}"));
        (await one.TakeAsync(orders[7], 0, Stop)).ShouldBe(numbers[14]);
        var stored = orders.Select((order, i) => SalesDocument.Issue(order, 0, numbers[2 * i].Number, numbers[2 * i].At)).ToList();
        (await InvoiceBook.BrokenAsync(shop, stored, stored)).ShouldBeEmpty();

        // What may be kept no longer leaves a number that says so, and no gap.
        await two.ForgetAsync(stored[7], Stop);
        await two.ForgetAsync(stored[7], Stop);
        var (gone, was) = ((await one.FindAsync(stored[7].Documents[0], Stop)).ShouldNotBeNull(), (await one.FindAsync(stored[8].Documents[0], Stop)).ShouldNotBeNull());
        (gone.OrderId, gone.Net, gone.TaxPoint, gone.SellerVatNumber, gone.SellerOneStopShopNumber).ShouldBe((null, null, null, "GB 123 4567 82", "IM2760000011"));
        (await one.FindAsync(stored[8].Documents[0], Stop)).ShouldNotBeNull().SellerVatNumber.ShouldBe("GB 123 4567 82");
        var others = stored.Where(order => order.Id != stored[7].Id).ToList();
        (await InvoiceBook.BrokenAsync(shop, others, others)).ShouldBeEmpty();
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Invoices)))
            .ShouldAllBe(row => !row.RowKey.Contains(stored[7].Id) && row.GetString(nameof(InvoiceNumberRow.OrderId)) != stored[7].Id);

        // An order that stays after all has the rest again; one that never learnt its number, or cannot be read, leaves nothing either.
        await two.RestoreAsync(stored[7], Stop);
        await two.RestoreAsync(stored[8], Stop);
        (await InvoiceBook.BrokenAsync(shop, stored, stored)).ShouldBeEmpty();
        var back = (await one.FindAsync(stored[8].Documents[0], Stop)).ShouldNotBeNull();
        (back.Timestamp, back.PurgedAt).ShouldBe((was.Timestamp, null), "nothing was taken of it");
        await two.ForgetAsync(orders[3], Stop);
        await two.ForgetAsync(stored[4].Id, Stop);
        (await Backstage.RowsAsync<TableEntity>(shop.Tables().GetTableClient(StorageNames.Invoices)))
            .ShouldAllBe(row => !row.RowKey.Contains(stored[3].Id) && !row.RowKey.Contains(stored[4].Id) && row.GetString(nameof(InvoiceNumberRow.OrderId)) != stored[3].Id && row.GetString(nameof(InvoiceNumberRow.OrderId)) != stored[4].Id);

        // The same document has its number wherever it stands: another one does not get it.
        var moved = stored[5] with { Documents = [stored[5].Documents[0] with { Number = null, Facts = ["capture:stripe:other"] }, stored[5].Documents[0] with { Number = null }] };
        (await one.TakeAsync(moved, 1, Stop)).Number.ShouldBe(stored[5].Documents[0].Number);
        (await one.TakeAsync(moved, 0, Stop)).Number.ShouldBe("2026-000031");
        // A further one for the same fact has its own, and so has either once they were taken and put back.
        var further = stored[6] with { Documents = [stored[6].Documents[0], stored[6].Documents[0] with { Number = null }] };
        (await two.TakeAsync(further, 1, Stop)).Number.ShouldBe("2026-000032");
        (await one.TakeAsync(further, 0, Stop)).Number.ShouldBe(stored[6].Documents[0].Number);
        further = SalesDocument.Issue(further, 1, "2026-000032", shop.Clock.GetUtcNow());
        await one.ForgetAsync(further, Stop);
        (await one.FindAsync(further.Documents[1], Stop)).ShouldNotBeNull().OrderId.ShouldBeNull();
        await one.RestoreAsync(further, Stop);
        (await one.TakeAsync(further, 1, Stop)).Number.ShouldBe("2026-000032");
        (await one.TakeAsync(further, 0, Stop)).Number.ShouldBe(stored[6].Documents[0].Number);
    }

    [Theory]
    [InlineData("GB 123 4567 82", true)]
    [InlineData("123456782", true)]
    [InlineData("gb123456727", true)]
    [InlineData("XI 123456782 001", true)]
    [InlineData("GB 123 4567 83", false)]
    [InlineData("GB 12345678", false)]
    [InlineData("FR 12345678201", false)]
    [InlineData("", false)]
    public void A_vat_number_is_checked_by_its_digits(string text, bool isOne)
    {
        VatNumber.Is(text).ShouldBe(isOne);
        var options = new InvoiceOptions { SellerName = "Example Ltd", SellerAddress = "1 Street, Town", VatNumber = text };
        options.Validate(new ValidationContext(options)).Any(wrong => wrong.ErrorMessage!.StartsWith("Invoices__VatNumber", StringComparison.Ordinal)).ShouldBe(!isOne);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("IM 276 000 0011", true)]
    [InlineData("EU123456789", true)]
    [InlineData("DE123456789", true)]
    [InlineData("EL123456789", true)]
    [InlineData("XI 123 4567 82", true)]
    [InlineData("GB 123 4567 82", false)]
    [InlineData("XI 123 4567 83", false)]
    [InlineData("IM276", false)]
    [InlineData("EU12345678", false)]
    [InlineData("GR123456789", false)]
    [InlineData("DE", false)]
    public void A_number_of_the_one_stop_shop_may_be_left_out_and_is_none_of_the_united_kingdoms(string text, bool isFine)
    {
        var options = new InvoiceOptions { SellerName = "Example Ltd", SellerAddress = "1 Street, Town", VatNumber = "GB 123 4567 82", OneStopShopNumber = text };
        options.Validate(new ValidationContext(options)).Select(wrong => wrong.ErrorMessage!.Split(' ')[0]).ShouldBe(isFine ? [] : ["Invoices__OneStopShopNumber"]);
    }

    private static InvoiceSeries SeriesOn(RunningShop shop) => new(
        shop.Tables(),
        new RaceBackoff(TimeProvider.System, new Random(7)),
        Options.Create(new InvoiceOptions { SellerName = "Example Ltd", SellerAddress = "1 Street, Town", VatNumber = "GB 123 4567 82", OneStopShopNumber = "IM2760000011" }),
        shop.Clock);

    private static Order Sale(int index) => SalesDocument.AddDue(Unpaid.With(Capture()) with { Id = OrderIds.IdOf("ada", $"sale-{index}") }, new());
}
