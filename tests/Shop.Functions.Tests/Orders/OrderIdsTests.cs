using Shop.Functions.Orders;
using Shop.Functions.Orders.Listing;

namespace Shop.Functions.Tests.Orders;

public sealed class OrderIdsTests
{
    [Fact]
    public void The_same_person_and_key_meet_the_same_order()
    {
        OrderIds.IdOf("ada", "k").ShouldBe(OrderIds.IdOf("ada", "k"));
        OrderIds.IdOf("ada", "k").ShouldNotBe(OrderIds.IdOf("bob", "k"));
        OrderIds.IdOf("ada", "k").ShouldNotBe(OrderIds.IdOf("ada", "l"));
    }

    [Fact]
    public void An_id_is_recognised_and_anything_else_is_not()
    {
        OrderIds.IsId(OrderIds.IdOf("ada", "k")).ShouldBeTrue();
        OrderIds.IsId("order").ShouldBeFalse();
        OrderIds.IsId(OrderIds.IdOf("ada", "k").ToUpperInvariant()).ShouldBeFalse();
    }

    [Fact]
    public void A_number_can_be_read_out() => OrderIds.NumberOf(OrderIds.IdOf("ada", "k")).ShouldMatch("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$");

    [Fact]
    public void Later_orders_sort_first()
    {
        var earlier = OrderIndex.RowKeyOf(SampleOrders.Noon, OrderIds.IdOf("ada", "a"));
        var later = OrderIndex.RowKeyOf(SampleOrders.Noon.AddTicks(1), OrderIds.IdOf("ada", "b"));
        string.CompareOrdinal(later, earlier).ShouldBeLessThan(0);
        OrderIndex.IsPlace(later).ShouldBeTrue();
        OrderIndex.IsPlace("profile").ShouldBeFalse();
    }
}
