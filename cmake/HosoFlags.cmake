# Compiler flags of every target, on one interface target.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

# Asserts stay on in every build: an archive stops rather than writes wrong.
foreach(kind RELEASE RELWITHDEBINFO MINSIZEREL)
  string(REPLACE "-DNDEBUG" "" CMAKE_C_FLAGS_${kind} "${CMAKE_C_FLAGS_${kind}}")
endforeach()

add_library(hoso_flags INTERFACE)
target_include_directories(hoso_flags INTERFACE ${PROJECT_SOURCE_DIR}
                                                ${PROJECT_BINARY_DIR}/generated)
target_compile_definitions(hoso_flags INTERFACE _GNU_SOURCE
                                                HOSO_VERSION="${PROJECT_VERSION}")
target_compile_options(
  hoso_flags
  INTERFACE -Wall
            -Wextra
            -Wshadow
            -Wstrict-prototypes
            -Wmissing-prototypes
            -Wwrite-strings
            -Wformat=2
            -Wundef
            -Wvla
            -Wimplicit-fallthrough
            -fno-common
            -fstack-protector-strong)
if(HOSO_WERROR)
  target_compile_options(hoso_flags INTERFACE -Werror)
endif()
if(HOSO_SANITIZE)
  target_compile_options(hoso_flags INTERFACE -fsanitize=address,undefined
                                              -fno-sanitize-recover=undefined
                                              -fno-omit-frame-pointer)
  target_link_options(hoso_flags INTERFACE -fsanitize=address,undefined)
else()
  target_compile_options(hoso_flags
                         INTERFACE $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
endif()
if(HOSO_FUZZ)
  target_compile_options(hoso_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(HOSO_COVERAGE)
  target_compile_options(hoso_flags INTERFACE --coverage)
  target_link_options(hoso_flags INTERFACE --coverage)
endif()
target_link_options(hoso_flags INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)
