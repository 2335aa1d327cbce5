# hoso_room(NAME SOURCES a.c … [NEEDS rooms …] [LIBS targets …])
# One static library a folder; foreign libraries are linked PRIVATE.
function(hoso_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;NEEDS;LIBS" ${ARGN})
  add_library(hoso_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(hoso_${name} PRIVATE hoso_flags ${ROOM_LIBS})
  foreach(need IN LISTS ROOM_NEEDS)
    target_link_libraries(hoso_${name} PUBLIC hoso_${need})
  endforeach()
endfunction()

# hoso_unit_test(NAME NEEDS rooms … [LIBS targets …]): tests/unit/…/NAME.c, cmocka, label "fast".
function(hoso_unit_test name)
  cmake_parse_arguments(UNIT "" "" "NEEDS;LIBS" ${ARGN})
  add_executable(${name} ${name}.c)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  foreach(need IN LISTS UNIT_NEEDS)
    target_link_libraries(${name} PRIVATE hoso_${need})
  endforeach()
  target_link_libraries(${name} PRIVATE hoso_flags PkgConfig::CMOCKA ${UNIT_LIBS})
  target_compile_definitions(
    ${name} PRIVATE HOSO_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  add_test(NAME unit.${name} COMMAND ${name})
  set_tests_properties(unit.${name} PROPERTIES LABELS fast TIMEOUT 60
    ENVIRONMENT "TZ=UTC;LC_ALL=C.UTF-8;OMP_THREAD_LIMIT=1;HOSO_WORKER=${PROJECT_BINARY_DIR}/bin/hoso-worker")
endfunction()
