using System.Runtime.InteropServices;

using Tmds.Linux;

namespace Net.Linux.Interop;

/// <summary>posix_spawn(3) and the functions that prepare its attributes and file actions: spawn.h. Each function returns its error number,
/// 0 for success.</summary>
internal static unsafe partial class Glibc
{
    /// <summary>The bytes to set aside for a posix_spawnattr_t, which takes 336 bytes in glibc.</summary>
    internal const int SpawnAttributesSize = 512;

    /// <summary>The bytes to set aside for a posix_spawn_file_actions_t, which takes 80 bytes in glibc.</summary>
    internal const int SpawnFileActionsSize = 256;

    /// <summary>spawn.h: the child resets the signals of posix_spawnattr_setsigdefault to their default action.</summary>
    internal const short POSIX_SPAWN_SETSIGDEF = 0x04;

    /// <summary>spawn.h: the child's mask of blocked signals is that of posix_spawnattr_setsigmask.</summary>
    internal const short POSIX_SPAWN_SETSIGMASK = 0x08;

    /// <summary>spawn.h: the child becomes the leader of a new session; glibc 2.26.</summary>
    internal const short POSIX_SPAWN_SETSID = 0x80;

    /// <summary>Starts a program. The result covers the error of a failed execve(2) in the child.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn(
        int* processId, byte* path, void* fileActions, void* attributes, byte** arguments, byte** environment);

    /// <summary>Initializes attributes that change nothing.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_init(void* attributes);

    /// <summary>Frees the memory that attributes hold.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_destroy(void* attributes);

    /// <summary>Sets which attributes posix_spawn applies: POSIX_SPAWN_*.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setflags(void* attributes, short flags);

    /// <summary>Sets the signals that the child resets to their default action.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigdefault(void* attributes, sigset_t* signals);

    /// <summary>Sets the signals that are blocked in the child.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigmask(void* attributes, sigset_t* signals);

    /// <summary>Initializes an empty list of file actions.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_init(void* actions);

    /// <summary>Frees a list of file actions.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_destroy(void* actions);

    /// <summary>Adds the action that opens a file under a given descriptor number; the path is copied.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_addopen(void* actions, int descriptor, byte* path, int flags, uint mode);

    /// <summary>Adds the action that duplicates a descriptor as the number <paramref name="target"/>.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_adddup2(void* actions, int descriptor, int target);

    /// <summary>Adds the action that changes the working directory; the path is copied; glibc 2.29.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_addchdir_np(void* actions, byte* path);

    /// <summary>Adds the action that closes all descriptors from a number upwards; glibc 2.34.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_addclosefrom_np(void* actions, int descriptor);
}
