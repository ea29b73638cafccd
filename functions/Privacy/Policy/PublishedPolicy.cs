using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Shop.Functions.Platform.Http;

namespace Shop.Functions.Privacy.Policy;

/// <summary>The policy as anyone may read it: whose it is, since when it reads so, who else gets what, and what the code does.</summary>
public sealed class PublishedPolicy(RetentionPolicy retention, IOptions<ControllerOptions> controller)
{
    private readonly Lazy<(View View, string Tag)> _published = new(() => Publish(retention, controller.Value));

    public View Content => _published.Value.View;

    /// <summary>Changes whenever anything in it does.</summary>
    public string Tag => _published.Value.Tag;

    private static (View View, string Tag) Publish(RetentionPolicy retention, ControllerOptions controller)
    {
        var kept = PolicyView.Of(retention, retention.Version);
        var view = new View(
            kept.Version,
            PolicyEdition.All[0].Number,
            PolicyEdition.All[0].Date,
            new(controller.Name, controller.Address, controller.Email),
            new(SupervisoryAuthority.Name, $"https://{SupervisoryAuthority.Page}/", SupervisoryAuthority.Telephone),
            PolicyEdition.DecidedBy,
            PolicyEdition.All,
            Processors.OfShop,
            kept.Rules,
            kept.DataMap);
        var json = JsonSerializer.SerializeToUtf8Bytes(view, PublishedPolicyJson.Web.Type<View>());
        return (view, Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16)));
    }

    /// <param name="Version">Of what is kept, why and for how long: changes whenever a rule or a stored property does, and stands in every purge's report.</param>
    /// <param name="Edition">The newest of <paramref name="Changes"/>.</param>
    /// <param name="Date">Since when it reads so.</param>
    public sealed record View(
        string Version,
        string Edition,
        DateOnly Date,
        View.Company Controller,
        View.Authority Complaints,
        string DecidedBy,
        ImmutableArray<PolicyEdition> Changes,
        ImmutableArray<Processor> Processors,
        ImmutableArray<RetentionRule> Rules,
        ImmutableArray<PolicyView.Row> DataMap)
    {
        public sealed record Company(string Name, string Address, string Email);

        public sealed record Authority(string Name, string Website, string Telephone);
    }
}

[JsonSerializable(typeof(PublishedPolicy.View))]
internal sealed partial class PublishedPolicyJson : JsonSerializerContext
{
    public static PublishedPolicyJson Web { get; } = new(Json.Strict());
}
