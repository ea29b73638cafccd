using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Shop.Functions.Accounts;
using Shop.Functions.Platform.RateLimiting;
using Shop.Functions.Tracking;

namespace Shop.Functions.Tests.Description;

/// <summary>How often something may be done, in words: by the rule that the code counts with.</summary>
internal static class StatedLimits
{
    /// <summary>By a rule's use: what is counted, and for whom.</summary>
    private static readonly Dictionary<string, (string What, string Each)> Counted = new()
    {
        ["place-order"] = ("orders", "account"),
        ["payment"] = ("payment pages and confirmations", "account"),
        ["export"] = ("copies", "account"),
        ["contact"] = ("messages", "network address"),
        ["contact-receipt"] = ("receipts by mail", "mailbox"),
        ["newsletter"] = ("requests", "network address"),
        ["newsletter-question"] = ("questions by mail", "mailbox"),
        ["link"] = ("uses", "link"),
    };

    /// <returns>The limit that the instruction asks for; null where it asks for none.</returns>
    public static string? Of(Instruction instruction) => instruction.Operand switch
    {
        FieldReference field when field.FieldType.Name == nameof(RateRule) && field.Resolve() is { IsStatic: true } own && instruction.OpCode.Code == Code.Ldsfld =>
            Sentence((RateRule)CalledCode.Loaded(own).GetValue(null)!),
        MethodReference method when method.ReturnType.Name == nameof(RateRule) && CalledCode.Own(method) is { IsStatic: true, Parameters: [var options] } own =>
            Sentence((RateRule)CalledCode.Loaded(own).Invoke(null, [Activator.CreateInstance(CalledCode.Loaded(options.ParameterType))])!, " by default"),
        MethodReference { Name: nameof(OpenStreams.Take), DeclaringType.Name: nameof(OpenStreams) } =>
            Text($"At most {OpenStreams.MostOfAccount} streams at once for each account and {OpenStreams.Most} for all, in an instance."),
        MethodReference { Name: nameof(ConsentRecord.Ask), DeclaringType.Name: nameof(ConsentRecord) } =>
            Text($"At most {ConsentRecord.MaxQuestions} questions by mail in 24 hours for each account."),
        _ => null,
    };

    private static string Sentence(RateRule rule, string suffix = "")
    {
        var (what, each) = Counted[rule.Use];
        return Text($"At most {rule.Most} {what} {(rule.Within == TimeSpan.FromHours(1) ? "an hour" : rule.Within == TimeSpan.FromDays(1) ? "a day" : throw new NotSupportedException($"{rule.Within} has no word here."))} for each {each}{suffix}.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
