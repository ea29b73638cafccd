using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Shop.Functions.Orders.Reviews;
using Shop.Functions.Orders.Settlements;
using static Shop.Functions.Tests.Orders.SampleOrders;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>Money that goes back in parts, in any order and in any split.</summary>
public sealed class PartsProperties
{
    /// <summary>How an amount is cut: where, out of a thousand.</summary>
    private static readonly Gen<ImmutableArray<int>> Cuts = Gen.Choose(0, 1_000).ListOf().Select(cuts => cuts.Take(4).Order().ToImmutableArray());

    private static readonly Gen<LedgerEntry> Refunds =
        from id in Gen.Choose(1, 4)
        from amount in Gen.Choose(1, 9)
        from minute in Gen.Choose(1, 9)
        from reference in Gen.Elements<string?>(null, "r1")
        select Refund($"re_{id}", amount: amount, minute: minute, reference: reference);

    private static readonly Gen<LedgerEntry> Reversals =
        from id in Gen.Choose(1, 3)
        from amount in Gen.Choose(1, 9)
        select Reversal($"rv_{id}", amount: amount);

    private static readonly Gen<LedgerEntry> LostDisputes =
        from id in Gen.Choose(1, 3)
        from amount in Gen.Choose(1, 9)
        from since in Gen.Choose(0, 6)
        from lasts in Gen.Choose(0, 3)
        let lost = Dispute(FactStatus.Lost, amount: amount, minute: since + lasts)
        select (since == 0 ? lost : lost.SettledSince(since)) with { ObjectId = $"dp_{id}" };

    private static readonly Gen<LedgerEntry> GoneFacts = Gen.OneOf(Refunds, Reversals, LostDisputes);

    private static readonly Gen<ImmutableArray<LedgerEntry>> Stories = GoneFacts.ListOf().Select(facts => facts.Take(8).DistinctBy(fact => fact.Key).ToImmutableArray());

    [Fact]
    public void A_payment_that_is_taken_back_by_parts_is_as_one_that_is_taken_back_whole_in_every_split() => Properties.Holds(
        from start in Gen.Elements(Unpaid, Cancelled, Unpaid.With(Dispute(FactStatus.Lost)))
        from cuts in Cuts
        from parts in Gen.Shuffle(Split(Reversal(), cuts).Append(Capture()).ToArray())
        select (start, parts: parts.ToImmutableArray()),
        it =>
        {
            var (parts, whole) = (Settlement.Of(it.start.With(it.parts)), Settlement.Of(it.start.With(Capture(), Capture(status: FactStatus.Reversed))));
            parts.Concerns.ShouldBe(whole.Concerns);
            (parts.Payment, parts.Fulfilment, parts.MayShip, parts.Refunds.Length, parts.Refundable.Values.Sum())
                .ShouldBe((whole.Payment, whole.Fulfilment, whole.MayShip, whole.Refunds.Length, whole.Refundable.Values.Sum()));
        });

    [Fact]
    public void Whatever_is_split_the_same_is_gone_and_the_same_is_left() => Properties.Holds(
        from story in Stories
        from cuts in Cuts
        from parts in Gen.Shuffle(story.SelectMany(fact => fact.Kind == FactKind.Dispute ? [fact] : Split(fact, cuts)).ToArray())
        select (story, parts: parts.ToImmutableArray()),
        it =>
        {
            var (whole, split) = (new CaptureAccount(Capture(), it.story), new CaptureAccount(Capture(), it.parts));
            (split.Returned, split.Outstanding, split.Withdrawn, split.Reversed, split.SentBack)
                .ShouldBe((whole.Returned, whole.Outstanding, whole.Withdrawn, whole.Reversed, whole.SentBack));
        },
        count: 4_000);

    [Fact]
    public void What_is_gone_is_what_a_matching_of_pennies_says() => Properties.Holds(
        Stories,
        story => new CaptureAccount(Capture(), story).Returned.ShouldBe(Gone(story)),
        count: 2_000);

    [Fact]
    public void Nothing_ships_for_money_that_is_all_gone_though_it_was_accepted_before() => Properties.Holds(
        Stories.Select(story => Unpaid.With(Capture(amount: 9)).Resolved(ReviewChoice.Accept).With(story)),
        order =>
        {
            var capture = CaptureAccount.AllOf(order).Single();
            if (capture.Returned >= 9 || capture.IsWhollyReversed) Settlement.Of(order).MayShip.ShouldBeFalse();
        });

    /// <summary>In as many parts as there are cuts between, and one more; each an object of its own that happened at the same time.</summary>
    private static ImmutableArray<LedgerEntry> Split(LedgerEntry fact, ImmutableArray<int> cuts)
    {
        ImmutableArray<long> ends = [0, .. cuts.Select(cut => fact.Amount * cut / 1_000), fact.Amount];
        return [.. ends.Zip(ends.Skip(1), (from, to) => to - from).Select((amount, i) => fact with { ObjectId = $"{fact.ObjectId}_{i}", Amount = amount }).Where(part => part.Amount > 0)];
    }

    private static bool IsSame(LedgerEntry sent, LedgerEntry lost) =>
        sent.Kind == FactKind.Reversal
        || (sent.At >= lost.SettledByRefundsSince && (sent.Reference is null || sent.At <= (lost.SettledByRefundsUntil ?? lost.At)));

    /// <summary>Every penny of a lost dispute may be one that was refunded or reversed for it, and each of those is of one dispute only.</summary>
    private static long Gone(ImmutableArray<LedgerEntry> facts)
    {
        List<LedgerEntry> Pennies(Func<LedgerEntry, bool> which) => [.. facts.Where(which).SelectMany(fact => Enumerable.Repeat(fact, (int)fact.Amount))];
        var (sent, lost) = (Pennies(fact => fact.Kind != FactKind.Dispute), Pennies(fact => fact.Kind == FactKind.Dispute));
        var takenBy = new int?[sent.Count];
        return sent.Count + lost.Count - Enumerable.Range(0, lost.Count).Count(penny => Finds(penny, new bool[sent.Count]));

        bool Finds(int penny, bool[] tried)
        {
            for (var i = 0; i < sent.Count; i++)
            {
                if (tried[i] || !IsSame(sent[i], lost[penny])) continue;
                tried[i] = true;
                if (takenBy[i] is { } other && !Finds(other, tried)) continue;
                takenBy[i] = penny;
                return true;
            }

            return false;
        }
    }
}
