using Net.Cnm.DesiredState;
using Net.Kernel.Observations;
using Net.Kernel.Sessions;
using Net.Linux;

namespace Net.Kernel.Namespaces;

/// <summary>What the files of sandboxes' namespaces have in common, whoever has made the namespace.</summary>
internal static class NamespaceBinding
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the directory of the files.</summary>
    public static void MakeDirectory(KernelPaths paths) => Directory.CreateDirectory(paths.NamespaceDirectory, OwnerOnly);

    /// <summary>Binds the namespace that a sandbox's processes are in to its file, unless it is. The file may be gone with its
    /// directory.</summary>
    /// <returns>Null: nothing has to be undone.</returns>
    public static Action? Restore(KernelPaths paths, KernelSession session, NamespaceRef reference)
    {
        NetworkNamespace held = session.Namespace(reference);
        if (!session.IsBound(held, reference.Path!))
        {
            MakeDirectory(paths);
            NamespaceFile.Bind(held, reference.Path!);
        }

        return null;
    }

    /// <summary>Closes a namespace and removes its file.</summary>
    /// <returns>Null: nothing has to be undone.</returns>
    public static Action? Remove(KernelSession session, NamespaceRef reference)
    {
        session.Close(reference);
        NamespaceFile.Remove(reference.Path!);
        return null;
    }

    /// <summary>In words, that another namespace or none is bound to the file; null when the right one is.</summary>
    public static string? Deviation(NamespaceRef reference, ObservedNamespace seen) => seen.IsBoundTo(reference.Path!)
        ? null
        : $"{reference.Path} is not bound to the namespace that its processes are in";
}
