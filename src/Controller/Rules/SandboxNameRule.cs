using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Controller.Models;

namespace Net.Controller.Rules;

/// <summary>Which name a sandbox may get: a well-formed one that no other sandbox has.</summary>
internal static class SandboxNameRule
{
    /// <summary>A name without the leading slash with which Docker's clients may write it.</summary>
    public static string Bare(string name) => name.StartsWith('/') ? name[1..] : name;

    /// <summary>Returns <paramref name="name"/> when a sandbox may have it.</summary>
    /// <exception cref="CnmException">InvalidParameter: the name is not well-formed. Conflict: another sandbox has it.</exception>
    public static string Require(ModelSnapshot model, string name)
    {
        ObjectName.Require(name, "container");
        return model.SandboxNames.TryGetValue(name, out SandboxId holder)
            ? throw new CnmException(
                CnmErrorKind.Conflict,
                $"Conflict. The container name \"/{name}\" is already in use by container \"{holder}\". You have to remove (or "
                    + "rename) that container to be able to reuse that name.")
            : name;
    }
}
