using System.Collections.Immutable;

namespace Shop.Functions.Privacy.Policy;

/// <summary>One entry of the policy's change log (policy, 1.8 and 5.0).</summary>
/// <param name="Number">Goes up with every change that people should know of.</param>
/// <param name="What">What has changed, in a sentence for people.</param>
public sealed record PolicyEdition(string Number, DateOnly Date, string What)
{
    /// <summary>Who decides about the policy: never a person's name.</summary>
    public const string DecidedBy = "the directors and management team";

    /// <summary>The newest first. Whoever changes what is kept, for how long or who gets it adds one.</summary>
    public static ImmutableArray<PolicyEdition> All { get; } =
    [
        new("1.6", new(2026, 11, 30), "Sales to the European Union are kept for ten years only where they bear a member state's VAT, which the one-stop shop asks for; exports are kept for six, as sales at home."),
        new("1.5", new(2026, 11, 29), "Who asks for something very often is counted for two days at most, by a keyed hash that names nobody."),
        new("1.4", new(2026, 11, 29), "Invoices name the customer for as long as an order has its address, and no longer; each asks the customer to keep it."),
        new("1.3", new(2026, 11, 29), "Customers are told by mail how their orders stand, as the contract wants, and whose account is erased gets a last mail that says so; with each order it is kept which of its mails were sent."),
        new("1.2", new(2026, 11, 29), "A consent to news counts once it is confirmed by the link in a mail, under 16 by a parent; to tell others of an erasure, an e-mail address is kept for two weeks at most."),
        new("1.1", new(2026, 11, 29), "The contact form and the newsletter are run by the shop itself; this page names every period and every recipient as the shop's own program has them."),
        new("1.0", new(2026, 11, 22), "The shop publishes what it keeps about people, why and for how long."),
    ];
}
