using Net.Cnm.DesiredState;
using Net.Kernel.Observations;

namespace Net.Kernel.Namespaces;

/// <summary>Finds files in the directory of namespaces that no sandbox wants, such as those that a killed daemon left behind.</summary>
internal static class NamespaceLeftovers
{
    private const string Kind = "namespace";

    /// <summary>Adds each of them to the difference.</summary>
    public static void Find(IReadOnlyCollection<DesiredObject> desired, KernelPaths paths, DifferenceBuilder difference)
    {
        if (!Directory.Exists(paths.NamespaceDirectory))
        {
            return;
        }

        HashSet<string> wanted =
        [
            .. desired.OfType<NamespaceObject>().Select(made => made.Namespace.Path!),
            .. desired.OfType<AdoptedNamespace>().Select(adopted => adopted.Namespace.Path!),
        ];
        foreach (string file in Directory.EnumerateFiles(paths.NamespaceDirectory).Where(file => !wanted.Contains(file)))
        {
            string id = Path.GetFileName(file);
            var removable = new NamespaceObject { Owner = new OwnerId(OwnerKind.Sandbox, id), Namespace = NamespaceRef.At(file, id) };
            difference.Leftover(new ObjectLeftover(Kind, file, removable));
        }
    }
}
