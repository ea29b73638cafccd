using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Shop.Functions.Platform.Access;

namespace Shop.Functions.Tests.Description;

/// <summary>The app's own code that a function may come to, by what is compiled: what it answers stands there, and nowhere twice.</summary>
internal static class CalledCode
{
    private static readonly string[] StateMachines = ["AsyncStateMachineAttribute", "AsyncIteratorStateMachineAttribute", "IteratorStateMachineAttribute"];

    private static readonly Assembly App = typeof(AccessRules).Assembly;
    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(App.Location);

    /// <param name="isLeaf">What is not looked into.</param>
    public static IReadOnlyList<MethodDefinition> From(MethodInfo method, Func<MethodDefinition, bool> isLeaf)
    {
        var seen = new List<MethodDefinition>();
        var waiting = new Stack<MethodDefinition>([(MethodDefinition)Module.LookupToken(method.MetadataToken)]);
        while (waiting.TryPop(out var next))
        {
            if (seen.Contains(next) || isLeaf(next)) continue;
            seen.Add(next);
            foreach (var called in Called(next)) waiting.Push(called);
        }

        return seen;
    }

    /// <returns>The same as it is loaded here.</returns>
    public static MethodBase Loaded(MethodDefinition method) => App.ManifestModule.ResolveMethod(method.MetadataToken.ToInt32())!;

    public static FieldInfo Loaded(FieldDefinition field) => App.ManifestModule.ResolveField(field.MetadataToken.ToInt32())!;

    public static Type Loaded(TypeReference type)
    {
        var name = type.FullName.Replace('/', '+');
        return type.Scope == Module ? App.GetType(name, throwOnError: true)! : Type.GetType($"{name}, {type.Scope.Name}", throwOnError: true)!;
    }

    /// <returns>Null for what is not the app's own.</returns>
    public static MethodDefinition? Own(MethodReference method) => method.DeclaringType.GetElementType().Scope == Module ? method.Resolve() : null;

    private static IEnumerable<MethodDefinition> Called(MethodDefinition method)
    {
        var machines = method.CustomAttributes.Where(attribute => StateMachines.Contains(attribute.AttributeType.Name))
            .Select(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve());
        var inMachines = machines.SelectMany(machine => machine.Methods.Where(step => step.HasBody));
        return method.HasBody
            ? inMachines.Concat(method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>().Select(Own).OfType<MethodDefinition>())
            : inMachines;
    }

    /// <returns>The whole number that the instruction puts on the stack; null for any other.</returns>
    public static int? Number(Instruction? instruction) => instruction?.OpCode.Code switch
    {
        Code.Ldc_I4 => (int)instruction.Operand,
        Code.Ldc_I4_S => (sbyte)instruction.Operand,
        _ => null,
    };
}
