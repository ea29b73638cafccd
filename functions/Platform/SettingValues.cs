using System.Collections;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Options;

namespace Shop.Functions.Platform;

/// <summary>What holds for the values of all settings, whatever they are for: each that is wrong is named when the app starts.</summary>
/// <param name="isLocal">Whether the sample's values, which everybody knows, may be used.</param>
public sealed class SettingValues<T>(string section, bool isLocal) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var problems = SettingValues.ProblemsOf(options, section, isLocal).ToList();
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}

/// <inheritdoc cref="SettingValues{T}" />
public static class SettingValues
{
    public static IEnumerable<string> ProblemsOf(object options, string section, bool isLocal) =>
        TextsOf(options, section).Select(setting => ProblemOf(setting.Name, setting.Text, setting.IsSecret, isLocal)).OfType<string>();

    /// <summary>The sample's secrets say what they are, in Base64 as well.</summary>
    public static bool IsSample(string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        return SaysSample(text) || (text.Length <= bytes.Length && Convert.TryFromBase64String(text, bytes, out var length) && SaysSample(Encoding.Latin1.GetString(bytes[..length])));

        static bool SaysSample(string words) =>
            words.Contains("local", StringComparison.OrdinalIgnoreCase) && words.Contains("sandbox", StringComparison.OrdinalIgnoreCase);
    }

    private static string? ProblemOf(string name, string text, bool isSecret, bool isLocal)
    {
        if (isSecret && text.Length > 0 && text != text.Trim()) return $"{name} is blank, or begins or ends with a blank: set the secret as it was given out.";
        // The part that needs a secret is off until it is there. Nothing else may be taken for what such a reference says.
        if (!isSecret && VaultReference.IsUnresolved(text)) return $"{name} is a reference to the vault that leads nowhere: write what it refers to, or give the app its role there.";
        if (!isLocal && IsSample(text)) return $"{name} is the sample's, which everybody knows: set one of your own.";
        // A storefront under development may well be on its developer's machine; whatever the app or a reader of its mails calls is not.
        return !isLocal && !name.Contains("__Origins__", StringComparison.Ordinal) && LeadsToThisMachine(text) ? $"{name} leads to the machine that it is read on: set the address of the deployment." : null;
    }

    private static bool LeadsToThisMachine(string text) =>
        text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), UriKind.Absolute, out var address) && address.IsLoopback;

    private static IEnumerable<(string Name, string Text, bool IsSecret)> TextsOf(object options, string name)
    {
        if (options is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                foreach (var text in TextsOf(entry.Value!, $"{name}__{entry.Key}", isSecret: false)) yield return text;
            }
        }

        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting))
        {
            if (property.GetValue(options) is not { } value) continue;
            foreach (var text in TextsOf(value, $"{name}__{property.Name}", property.IsDefined(typeof(SecretAttribute)))) yield return text;
        }
    }

    private static IEnumerable<(string Name, string Text, bool IsSecret)> TextsOf(object value, string name, bool isSecret) => value switch
    {
        string text => [(name, text, isSecret)],
        IDictionary => TextsOf(value, name),
        IEnumerable items => items.Cast<object>().SelectMany((item, i) => TextsOf(item, $"{name}__{i}", isSecret)),
        _ when value.GetType().Assembly == typeof(SettingValues).Assembly && !value.GetType().IsEnum => TextsOf(value, name),
        _ => [],
    };

    private static bool IsSetting(PropertyInfo property) => property.CanWrite && property.DeclaringType!.Assembly == typeof(SettingValues).Assembly;
}
