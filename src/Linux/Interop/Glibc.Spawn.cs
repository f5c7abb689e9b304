using System.Runtime.InteropServices;

using Tmds.Linux;

namespace Net.Linux.Interop;

/// <summary>posix_spawn(3) and what prepares it: spawn.h. Each function returns its error number, 0 for success.</summary>
internal static unsafe partial class Glibc
{
    /// <summary>More than sizeof(posix_spawnattr_t): 336 bytes in glibc.</summary>
    internal const int SpawnAttributesSize = 512;

    /// <summary>More than sizeof(posix_spawn_file_actions_t): 80 bytes in glibc.</summary>
    internal const int SpawnFileActionsSize = 256;

    /// <summary>spawn.h: signals in the default set have their default action.</summary>
    internal const short POSIX_SPAWN_SETSIGDEF = 0x04;

    /// <summary>spawn.h: the child has the mask of blocked signals that is given.</summary>
    internal const short POSIX_SPAWN_SETSIGMASK = 0x08;

    /// <summary>spawn.h: the child has a session of its own; glibc 2.26.</summary>
    internal const short POSIX_SPAWN_SETSID = 0x80;

    /// <summary>Starts a program. The error of a failed execve(2) comes back too.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn(
        int* processId, byte* path, void* fileActions, void* attributes, byte** arguments, byte** environment);

    /// <summary>Makes attributes that change nothing.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_init(void* attributes);

    /// <summary>Frees what attributes hold.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_destroy(void* attributes);

    /// <summary>Says which attributes count.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setflags(void* attributes, short flags);

    /// <summary>Sets which signals have their default action.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigdefault(void* attributes, sigset_t* signals);

    /// <summary>Sets which signals are blocked.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigmask(void* attributes, sigset_t* signals);

    /// <summary>Makes an empty list of actions.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_init(void* actions);

    /// <summary>Frees a list of actions.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_destroy(void* actions);

    /// <summary>Opens a file as a descriptor; the path is copied.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_addopen(void* actions, int descriptor, byte* path, int flags, uint mode);

    /// <summary>Makes a descriptor a copy of another.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_adddup2(void* actions, int descriptor, int target);

    /// <summary>Changes the directory; the path is copied; glibc 2.29.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_addchdir_np(void* actions, byte* path);

    /// <summary>Closes all descriptors from a number up; glibc 2.34.</summary>
    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_addclosefrom_np(void* actions, int descriptor);
}
