using System.ComponentModel.DataAnnotations;

namespace Shop.Functions.Orders;

/// <summary>Settings <c>Orders__*</c>.</summary>
public sealed class OrderOptions
{
    public const string Section = "Orders";

    /// <summary>How long an order may stay unpaid before it is given up.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "6.00:00:00", ErrorMessage = "Orders__UnpaidLifetime must be between 01:00:00 and 6.00:00:00.")]
    public TimeSpan UnpaidLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many orders of counted items an account may have at once that nobody has paid: what is kept for them nobody else can buy.</summary>
    [Range(1, 100, ErrorMessage = "Orders__MostUnpaidReservations must be between 1 and 100.")]
    public int MostUnpaidReservations { get; set; } = 10;

    /// <summary>When the payment provider is first asked about an order whose webhook never came.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00", ErrorMessage = "Orders__FirstLookAfter must be between 00:00:01 and 06:00:00.")]
    public TimeSpan FirstLookAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many orders an account may place within an hour: what is counted in stock is kept for them while they wait for money.</summary>
    [Range(1, 100_000, ErrorMessage = "Orders__PlacedAnHour must be between 1 and 100000.")]
    public int PlacedAnHour { get; set; } = 60;

    /// <summary>How often an account may ask within an hour for something that asks a payment provider.</summary>
    [Range(1, 100_000, ErrorMessage = "Orders__PaymentsAnHour must be between 1 and 100000.")]
    public int PaymentsAnHour { get; set; } = 120;
}
