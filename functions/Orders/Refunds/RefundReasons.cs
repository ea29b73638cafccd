using System.Collections.Immutable;

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
}
