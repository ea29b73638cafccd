using System.Collections.Immutable;
using Shop.Functions.Orders.Shipments;

namespace Shop.Functions.Orders.Refunds;

/// <summary>Why staff refund.</summary>
public static class RefundReasons
{
    public const string Returned = "returned";
    public const string Faulty = "faulty";
    public const string NotReceived = "not_received";
    public const string WrongItem = "wrong_item";
    public const string Price = "price";
    public const string Goodwill = "goodwill";
    public const string Other = "other";

    public static ImmutableArray<string> All { get; } = [Returned, Faulty, NotReceived, WrongItem, Price, Goodwill, Other];

    /// <summary>
    /// Which goods a refund pays for that names no line, in this order: functions/README.md has the same as a table. In doubt it pays for
    /// what somebody would have asked to be refunded first, so that who closes an order is asked before anybody's money is kept.
    /// </summary>
    /// <param name="reason">Null where nobody here knows it.</param>
    public static ImmutableArray<Whereabouts> PaysFor(string? reason) => reason switch
    {
        NotReceived => [Whereabouts.NotSent, Whereabouts.Lost, Whereabouts.ReturnedForGood, Whereabouts.Returned, Whereabouts.OnItsWay, Whereabouts.ToSend],
        Returned or Faulty or WrongItem => [Whereabouts.ReturnedForGood, Whereabouts.Returned, Whereabouts.Arrived],
        Price or Goodwill => [],
        _ => [Whereabouts.NotSent, Whereabouts.ReturnedForGood, Whereabouts.Returned, Whereabouts.Lost, Whereabouts.ToSend, Whereabouts.OnItsWay],
    };

    /// <summary>Which of the lines that it names a refund is for, where these are in several places.</summary>
    public static ImmutableArray<Whereabouts> PaysOfLinesFor(string reason) => reason switch
    {
        Returned or Faulty or WrongItem => [Whereabouts.ReturnedForGood, Whereabouts.Returned, Whereabouts.Arrived, Whereabouts.NotSent, Whereabouts.ToSend, Whereabouts.Lost, Whereabouts.OnItsWay],
        Price or Goodwill => [Whereabouts.Arrived, Whereabouts.ReturnedForGood, Whereabouts.Returned, Whereabouts.NotSent, Whereabouts.ToSend, Whereabouts.Lost, Whereabouts.OnItsWay],
        _ => [Whereabouts.NotSent, Whereabouts.Lost, Whereabouts.ToSend, Whereabouts.ReturnedForGood, Whereabouts.Returned, Whereabouts.OnItsWay, Whereabouts.Arrived],
    };

    /// <summary>It says which goods the money is for.</summary>
    public static bool IsKnown(string? reason) => reason is not (null or Other) && All.Contains(reason);

    /// <summary>It takes something off the price of goods that the customer keeps: their price has not gone back with it.</summary>
    public static bool IsReduction(string? reason) => reason is Price or Goodwill;
}
