using Shop.Functions.Platform;
using Shop.Functions.Privacy.Breaches;
using static Shop.Functions.Tests.Privacy.Breaches.SampleBreaches;

namespace Shop.Functions.Tests.Privacy.Breaches;

/// <summary>What a revision must hold, and what closing needs: one test for each member.</summary>
public sealed class BreachRulesTests
{
    private static readonly DateTimeOffset Now = Aware.AddDays(5);

    public static readonly Dictionary<string, Breach> Impossible = new()
    {
        ["noticedAt"] = New with { NoticedAt = Now.AddHours(1), AwareAt = Now },
        ["awareAt"] = New with { AwareAt = Aware.AddSeconds(-1) },
        ["reportedToAuthority.at"] = New with { ReportedToAuthority = new(Now.AddHours(1), "ICO-1", "Late.") },
        ["reportedToAuthority.lateReason"] = New with { ReportedToAuthority = new(Aware.AddHours(72).AddSeconds(1), "ICO-1") },
        ["reportedToAuthority.notNeededReason"] = New with { ReportedToAuthority = new(Aware, NotNeededReason: "risk_unlikely") },
        ["reportedToAuthority.reference"] = New with { ReportedToAuthority = new(Reference: "ICO-1") },
        ["toldPeople.at"] = New with { ToldPeople = new(Now.AddHours(1), "by letter") },
        ["toldPeople.how"] = New with { ToldPeople = new(Aware) },
        ["toldPeople.notNeededReason"] = New with { ToldPeople = new(Aware, "by letter", "no_high_risk") },
    };

    public static readonly Dictionary<string, Breach> Incomplete = new()
    {
        ["scope.dataClasses"] = Complete with { Scope = new([], 1, 1) },
        ["scope.people"] = Complete with { Scope = new([DataClass.Contact], null, 1) },
        ["scope.records"] = Complete with { Scope = new([DataClass.Contact], 1, null) },
        ["contactPoint"] = Complete with { ContactPoint = null },
        ["likelyConsequences"] = Complete with { LikelyConsequences = null },
        ["measures"] = Complete with { Measures = null },
        ["reportedToAuthority"] = Complete with { ReportedToAuthority = null },
        ["reportedToAuthority.reference"] = Complete with { ReportedToAuthority = new(Aware) },
        ["toldPeople"] = Complete with { ToldPeople = null },
    };

    public static TheoryData<string> ImpossibleNames => [.. Impossible.Keys];

    public static TheoryData<string> IncompleteNames => [.. Incomplete.Keys];

    [Theory]
    [MemberData(nameof(ImpossibleNames))]
    public void What_cannot_be_is_named(string member) =>
        BreachRules.Check(Impossible[member], Now).ShouldNotBeNull().Errors.ShouldNotBeNull().Keys.ShouldContain(member);

    [Theory]
    [MemberData(nameof(IncompleteNames))]
    public void What_is_missing_for_closing_is_named_and_nothing_else(string member) =>
        BreachRules.Missing(Incomplete[member]).Keys.ShouldBe([member]);

    [Fact]
    public void A_complete_entry_lacks_nothing_and_a_new_one_much()
    {
        BreachRules.Check(Complete, Now).ShouldBeNull();
        BreachRules.Missing(Complete).ShouldBeEmpty();
        BreachRules.Missing(Complete with { ReportedToAuthority = new(NotNeededReason: "risk_unlikely"), ToldPeople = new(Aware, "by letter") }).ShouldBeEmpty();
        BreachRules.Missing(New).Keys.ShouldBe(Incomplete.Keys.Except(["reportedToAuthority.reference"]), ignoreOrder: true);
        BreachRules.Check(New with { ReportedToAuthority = new(Aware.AddHours(72), "ICO-1") }, Now).ShouldBeNull();
    }

    /// <summary>What was decided before there were codes is decided.</summary>
    [Fact]
    public void A_sentence_of_an_earlier_version_is_a_note_and_still_answers()
    {
        var row = BreachEntity.Of(Complete with { ReportedToAuthority = new(NotNeededReason: "risk_unlikely", Note: "Two rows."), ToldPeople = new(NotNeededReason: "no_high_risk") });
        row.ToBreach().ReportedToAuthority.ShouldBe(new(NotNeededReason: "risk_unlikely", Note: "Two rows."));
        (row.ReportNotNeededReason, row.ReportNotNeededNote) = (null, "The disk was encrypted.");
        (row.TellNotNeededReason, row.TellNotNeededNote) = (null, "Nobody was affected.");
        row.ToBreach().ReportedToAuthority.ShouldBe(new(NotNeededReason: "other", Note: "The disk was encrypted."));
        row.ToBreach().ToldPeople.ShouldBe(new(NotNeededReason: "other", Note: "Nobody was affected."));
        BreachRules.Missing(row.ToBreach()).ShouldBeEmpty();
    }
}
