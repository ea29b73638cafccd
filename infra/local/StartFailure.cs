using System.Text.RegularExpressions;
using Azure;
using Microsoft.Extensions.Options;

namespace Shop.Local;

/// <summary>Says in one line why the shop did not start, where a person at this machine can mend it; other failures keep their stack trace.</summary>
internal static partial class StartFailure
{
    /// <returns>Null for a failure that only somebody who reads the code can mend.</returns>
    public static LocalSetupException? Explain(Exception exception, string settings) => exception switch
    {
        OptionsValidationException wrong => Setting(settings, wrong.Failures),
        AggregateException { InnerExceptions: var all } when all.All(inner => inner is OptionsValidationException) =>
            Setting(settings, all.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures)),
        InvalidOperationException when Conversion().Match(exception.Message) is { Success: true } match =>
            Setting(settings, [$"{LocalSettings.VariableOf(match.Groups["name"].Value)} cannot be '{match.Groups["value"].Value}'."]),
        InvalidOperationException when Schedule().Match(exception.Message) is { Success: true } match => Setting(settings, [match.Value]),
        RequestFailedException failed => new LocalSetupException($"Storage refuses what the shop asks for ({failed.Status} {failed.ErrorCode}): look at AzureWebJobsStorage in {settings}."),
        // The storage clients' retries, each with its own failure.
        AggregateException { InnerExceptions: [RequestFailedException { Status: 0 } failed, ..] } =>
            new LocalSetupException($"Storage does not answer ({OneLine(failed.GetBaseException().Message)}): look at AzureWebJobsStorage in {settings}."),
        InvalidDataException => new LocalSetupException(exception.Message),
        IOException or UnauthorizedAccessException => new LocalSetupException($"The shop's data cannot be read or written ({OneLine(exception.Message)}): look at that folder, or choose another with --data DIR."),
        _ => null,
    };

    private static LocalSetupException Setting(string settings, IEnumerable<string> failures) =>
        new($"{settings}: {string.Join(" ", failures.Select(Cause))}");

    /// <summary>Without what the validator of data annotations puts around a message.</summary>
    private static string Cause(string failure) => Annotation().Match(failure) is { Success: true } match ? match.Groups["error"].Value : OneLine(failure);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    [GeneratedRegex("^DataAnnotation validation failed .* with the error: '(?<error>.*)'\\.$", RegexOptions.Singleline)]
    private static partial Regex Annotation();

    [GeneratedRegex("^Function '[^']+': its (trigger names the setting|schedule) .*$", RegexOptions.Multiline)]
    private static partial Regex Schedule();

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<name>[^']+)'")]
    private static partial Regex Conversion();
}
