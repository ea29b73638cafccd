using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;

namespace Shop.Functions.Messages;

/// <summary>The templates beside this file, as text and as HTML. Whatever is put into a page is escaped there; only what another template made is not.</summary>
public static partial class MailTemplates
{
    private static readonly FluidParser Parser = new();
    private static readonly HtmlEncoder Escape = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly ConcurrentDictionary<string, IFluidTemplate> Parsed = new(StringComparer.Ordinal);
    private static readonly TemplateOptions Options = OptionsOf();

    /// <param name="name">Of the template for what is said; the layout is the same for all.</param>
    public static (string Text, string Html) Write(string name, MailModel model) =>
        (BlankLines().Replace(Write(name, "txt", model, NullEncoder.Default), "\n\n"), Write(name, "html", model, Escape));

    private static string Write(string name, string kind, MailModel model, TextEncoder encoder)
    {
        var content = Template($"{name}.{kind}").Render(new TemplateContext(model, Options), encoder);
        return Template($"layout.{kind}").Render(new TemplateContext(model with { Content = content.Trim() }, Options), encoder);
    }

    private static IFluidTemplate Template(string name) => Parsed.GetOrAdd(name, static name =>
    {
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream($"{name}.liquid") ?? throw new InvalidOperationException($"There is no template {name}.");
        using var reader = new StreamReader(stream);
        return Parser.Parse(reader.ReadToEnd().ReplaceLineEndings("\n"));
    });

    private static TemplateOptions OptionsOf()
    {
        var options = new TemplateOptions();
        options.MemberAccessStrategy.MemberNameStrategy = MemberNameStrategies.CamelCase;
        options.MemberAccessStrategy.Register<MailModel>();
        options.MemberAccessStrategy.Register<MailModel.Line>();
        return options;
    }

    /// <summary>Where a part of a template is left out, its blank lines stay.</summary>
    [GeneratedRegex("\n{3,}")]
    private static partial Regex BlankLines();
}
